package io.sluice.service.file.azure;

import com.azure.storage.blob.models.BlobStorageException;
import io.sluice.api.ApiException;
import io.sluice.outbound.HostFailure;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.object.ContainerMissing;
import io.sluice.service.file.object.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;

/** What went wrong, in words. */
record AzureErrors(String container) {
    IOException of(Exception failure) {
        Optional<HostFailure> host = Failures.ofHost(failure);
        if (host.isPresent()) {
            return Failures.said(host.get());
        }
        return switch (failure) {
            case BlobStorageException answered -> answered(answered);
            case IOException already -> already;
            default ->
                new IOException(
                        "the container '" + container + "' could not be used: " + failure.getMessage(), failure);
        };
    }

    private IOException answered(BlobStorageException answer) {
        String code = answer.getErrorCode() == null ? "" : answer.getErrorCode().toString();
        return switch (code) {
            case "ContainerNotFound" -> new ContainerMissing("the container '" + container + "'", answer);
            case "AuthenticationFailed" ->
                denied("the configured key does not belong to the account, or the clocks differ too much", answer);
            case "AccountIsDisabled" -> denied("the account is disabled", answer);
            case "ContainerBeingDeleted", "InvalidBlockList", "ServerBusy", "OperationTimedOut", "InternalError" ->
                unreachable(code, answer);
            case "InvalidResourceName", "OutOfRangeInput" ->
                throw ApiException.badRequest("The path is not one that this storage can have.");
            default -> of(answer.getStatusCode(), code, answer);
        };
    }

    private IOException of(int status, String code, BlobStorageException answer) {
        return switch (status) {
            case 401, 403 ->
                denied("the configured credentials may not do this in the container '" + container + "'", answer);
            case 404 -> new FileNotFoundException(code);
            case 429, 500, 502, 503, 504 -> unreachable(String.valueOf(status), answer);
            case 507 -> StoreFailure.full("the container '" + container + "' is full", answer);
            default ->
                new IOException(
                        "the store of the container '" + container + "' answered " + status + " " + code, answer);
        };
    }

    private static StoreFailure denied(String why, BlobStorageException answer) {
        return StoreFailure.denied(why, answer);
    }

    private StoreFailure unreachable(String what, BlobStorageException answer) {
        return StoreFailure.unreachable(
                "the store of the container '" + container + "' is not able to answer now (" + what + ")", answer);
    }
}
