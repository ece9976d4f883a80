package io.sluice.service.file.s3;

import io.sluice.outbound.HostFailure;
import io.sluice.outbound.Hosts;
import io.sluice.outbound.OutboundReply.Why;
import io.sluice.service.file.object.Failures;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** The AWS SDK, set up so that it does only what a service's config says: no profile files, few and short retries, our own client. */
final class Connection {
    private static final int TRIES = 3;
    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(1));
    private static final int SERVER_FAILED = 500;

    private Connection() {}

    static S3Client to(S3Settings settings, Hosts hosts) {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .httpClient(new SentByHosts(hosts))
                .forcePathStyle(settings.pathStyle())
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(settings.chunked())
                        .build())
                .overrideConfiguration(
                        plan -> plan.defaultProfileFile(ProfileFile.aggregator().build())
                                .retryStrategy(retries()));
        settings.endpoint().ifPresent(client::endpointOverride);
        return settings.checksumsAlways()
                ? client.build()
                : withOldChecksums(client).build();
    }

    /** Stores that know no newer checksums want the MD5 of a list of keys to delete. */
    private static S3ClientBuilder withOldChecksums(S3ClientBuilder client) {
        return client.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create());
    }

    /**
     * Without keys those of the environment, of the container or of the machine. The SDK asks the latter two for them by itself, at
     * addresses that our client never calls: nobody but the SDK sees the answer.
     */
    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.keys()
                .<AwsCredentialsProvider>map(
                        keys -> StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.key(), keys.secret())))
                .orElseGet(() -> AwsCredentialsProviderChain.of(
                        EnvironmentVariableCredentialsProvider.create(),
                        ContainerCredentialsProvider.create(),
                        InstanceProfileCredentialsProvider.create()));
    }

    private static StandardRetryStrategy retries() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .maxAttempts(TRIES)
                .backoffStrategy(PAUSES)
                .throttlingBackoffStrategy(PAUSES)
                .treatAsThrottling(
                        failure -> failure instanceof SdkException said && RetryUtils.isThrottlingException(said))
                .retryOnException(Connection::mayPass)
                .build();
    }

    /** Not after silence: it has lasted long enough. */
    private static boolean mayPass(Throwable failure) {
        if (!(failure instanceof SdkException said)) {
            return false;
        }
        boolean brokenOff = Failures.ofHost(failure)
                .map(HostFailure::why)
                .filter(Why.FAILED::equals)
                .isPresent();
        return brokenOff
                || RetryUtils.isThrottlingException(said)
                || RetryUtils.isClockSkewException(said)
                || (RetryUtils.isServiceException(said)
                        && RetryUtils.toServiceException(said).statusCode() >= SERVER_FAILED);
    }
}
