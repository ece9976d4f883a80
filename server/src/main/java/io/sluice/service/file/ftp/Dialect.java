package io.sluice.service.file.ftp;

/**
 * What one server can and wants.
 *
 * @param facts it knows MLST and MLSD of RFC 3659: exact times, sizes and kinds
 * @param hides its MLSD leaves hidden names out unless it is asked like {@code ls}
 */
record Dialect(boolean facts, boolean hides) {}
