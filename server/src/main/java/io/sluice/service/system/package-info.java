/**
 * The admin API over our own records: {@code /api/v2/system/…}, and the {@code user} service beside it.
 *
 * <p>One small class per resource ({@code SystemResource}); what they share about lists, fields, filters, ids and batches is
 * {@code RecordResource} over a {@code RecordFamily}. Owns the records of services. Opens a {@code Tx} and passes it to the rooms
 * that own the other families; cache changes happen after commit. Door: {@link io.sluice.service.system.SystemServices}.
 */
@NullMarked
package io.sluice.service.system;

import org.jspecify.annotations.NullMarked;
