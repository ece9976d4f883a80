package io.sluice.service.git;

/** The bytes of a file and the commit that they were read at. */
record Blob(byte[] bytes, Commit commit) {}
