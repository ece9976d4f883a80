package io.sluice;

import io.sluice.testing.S3Server;
import java.util.Map;

/** Large files in {@code aws_s3}. */
class S3LargeFilesIT extends LargeFilesContract {
    @Override
    protected Map<String, Object> service() {
        return Map.of(
                "type",
                "aws_s3",
                "config",
                Map.of(
                        "key",
                        S3Server.KEY,
                        "secret",
                        S3Server.SECRET,
                        "container",
                        "large",
                        "endpoint",
                        "http://127.0.0.1:" + S3Server.get().port()));
    }
}
