/**
 * Files in a bucket of Amazon S3, or of any store that speaks its protocol. Door: {@code S3Files}. {@code S3Files} and
 * {@code S3Settings} know nothing of the AWS SDK, so that it is loaded when a service is first used; its messages are sent by our own
 * client (decision 022).
 */
@NullMarked
package io.sluice.service.file.s3;

import org.jspecify.annotations.NullMarked;
