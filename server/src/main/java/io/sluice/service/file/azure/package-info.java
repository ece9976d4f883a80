/**
 * Files in a container of Azure Blob Storage. Door: {@code AzureFiles}. {@code AzureFiles} and {@code AzureSettings} know nothing of the
 * Azure SDK, so that it is loaded when a service is first used; its messages are sent by our own client (decision 022).
 */
@NullMarked
package io.sluice.service.file.azure;

import org.jspecify.annotations.NullMarked;
