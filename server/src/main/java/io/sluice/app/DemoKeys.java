package io.sluice.app;

/** The API keys of the demo's two apps. */
record DemoKeys(String reader, String webhook) {}
