/**
 * PHP, run by confined php-fpm processes, one for each worker, over FastCGI (decision 009). Part of the room {@code engine}.
 *
 * <p>Door: {@link io.sluice.engine.php.PhpEngine}. A text becomes a file in a folder of its own ({@code PhpText},
 * {@code PhpFolder}); a worker ({@code FpmWorker}, or {@code CliWorker} where there is no php-fpm) runs {@code bootstrap.php}, which runs
 * that file; one connection carries the event in, the calls that the script makes, their answers, and what the script changed.
 */
@NullMarked
package io.sluice.engine.php;

import org.jspecify.annotations.NullMarked;
