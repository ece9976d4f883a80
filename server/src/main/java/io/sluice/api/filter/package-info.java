/**
 * The filter language of the API: text to a tree, pure. {@code service.sql} turns the tree into SQL with bound values,
 * {@code service.system} applies it to its records in memory. Part of the room {@code api}.
 */
@NullMarked
package io.sluice.api.filter;

import org.jspecify.annotations.NullMarked;
