package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that stands for a service's generated one: at most one for each service. */
final class ServiceDocs {
    static final String RELATION = "service_doc_by_service_id";

    private ServiceDocs() {}

    /** {@code {service_id, format, content}}, or null. */
    static @Nullable Object of(Tx tx, long service) {
        return tx.one(
                        "select format, content from service_doc where service_id = ?",
                        row -> {
                            Map<String, @Nullable Object> doc = new LinkedHashMap<>();
                            doc.put("service_id", service);
                            doc.put("format", row.getLong("format"));
                            doc.put("content", row.getString("content"));
                            return doc;
                        },
                        service)
                .orElse(null);
    }

    /** Replaces the document by an object, or by a list of one; null takes it away. */
    static void save(Tx tx, long service, @Nullable Object given) {
        Object one = given instanceof List<?> list ? (list.isEmpty() ? null : list.getFirst()) : given;
        if (one != null && !(one instanceof Map)) {
            throw ApiException.badRequest("The " + RELATION + " field must be an object with format and content.");
        }
        tx.update("delete from service_doc where service_id = ?", service);
        if (one instanceof Map<?, ?> doc && doc.get("content") != null) {
            long format = format(doc.get("format"));
            String content = String.valueOf(doc.get("content"));
            StoredDocument.check(content, format == 1);
            tx.update(
                    "insert into service_doc (service_id, format, content) values (?, ?, ?)", service, format, content);
        }
    }

    private static long format(@Nullable Object given) {
        String text = given == null ? "0" : given.toString();
        if (!text.equals("0") && !text.equals("1")) {
            throw ApiException.badRequest("The format of a document is 0 for JSON or 1 for YAML.");
        }
        return Long.parseLong(text);
    }
}
