package io.sluice.service.file.s3;

import io.sluice.api.ApiException;
import io.sluice.outbound.HostFailure;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.object.ContainerMissing;
import io.sluice.service.file.object.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What went wrong, in words. */
record S3Errors(String bucket, String region) {
    IOException of(Exception failure) {
        Optional<HostFailure> host = Failures.ofHost(failure);
        if (host.isPresent()) {
            return Failures.said(host.get());
        }
        return switch (failure) {
            case AwsServiceException answered -> answered(answered);
            case SdkClientException own
            when said(own).contains("credentials") ->
                StoreFailure.denied(
                        "no key is configured, and neither the server's environment nor its machine has one", own);
            case IOException already -> already;
            default -> new IOException("the bucket '" + bucket + "' could not be used: " + said(failure), failure);
        };
    }

    private static String said(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    private IOException answered(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
        return of(code, answer.statusCode(), answer);
    }

    /** @param code such as {@code AccessDenied}; empty where an answer has no body, after a HEAD */
    IOException of(String code, int status, @Nullable Throwable cause) {
        return switch (code) {
            case "NoSuchBucket" -> new ContainerMissing("the bucket '" + bucket + "'", cause);
            case "InvalidAccessKeyId" -> denied("it does not know the configured key", cause);
            case "SignatureDoesNotMatch" -> denied("the configured secret does not belong to the key", cause);
            case "RequestTimeTooSkewed" ->
                denied("the clock of this server and that of the store differ too much", cause);
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                denied("the credentials are not valid any more", cause);
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                denied("the bucket '" + bucket + "' does not lie in the region " + region, cause);
            case "BucketAlreadyExists" -> denied("the bucket '" + bucket + "' belongs to somebody else", cause);
            case "InvalidBucketName" -> denied("'" + bucket + "' is no name for a bucket", cause);
            case "QuotaExceeded", "InsufficientCapacity" ->
                StoreFailure.full("the bucket '" + bucket + "' is full", cause);
            case "SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "OperationAborted" ->
                unreachable(code, cause);
            case "KeyTooLongError" -> throw ApiException.badRequest("The path is too long for this storage.");
            default -> of(status, code, cause);
        };
    }

    private IOException of(int status, String code, @Nullable Throwable cause) {
        return switch (status) {
            case 301, 307 -> denied("the bucket '" + bucket + "' does not lie in the region " + region, cause);
            case 401, 403 -> denied("the configured credentials may not do this in the bucket '" + bucket + "'", cause);
            case 404 -> new FileNotFoundException(code);
            case 429, 500, 502, 503, 504 -> unreachable(String.valueOf(status), cause);
            case 507 -> StoreFailure.full("the bucket '" + bucket + "' is full", cause);
            default ->
                new IOException("the store of the bucket '" + bucket + "' answered " + status + " " + code, cause);
        };
    }

    private static StoreFailure denied(String why, @Nullable Throwable cause) {
        return StoreFailure.denied(why, cause);
    }

    private StoreFailure unreachable(String what, @Nullable Throwable cause) {
        return StoreFailure.unreachable(
                "the store of the bucket '" + bucket + "' is not able to answer now (" + what + ")", cause);
    }
}
