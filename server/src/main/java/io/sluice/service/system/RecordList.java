package io.sluice.service.system;

import io.sluice.api.ServiceResult;
import io.sluice.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to {@code GET} on a whole family. */
record RecordList(RecordFamily family, RecordOptions options) {

    ServiceResult read(Tx tx) {
        List<Map<String, @Nullable Object>> found = sorted(chosen(tx));
        if (options.is("count_only")) {
            return ServiceResult.ok(found.size());
        }
        List<Map<String, @Nullable Object>> page =
                found.stream().skip(options.offset()).limit(options.limit()).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("resource", options.is("as_list") ? keys(page) : shaped(tx, page));
        if (options.is("include_count")) {
            answer.put("meta", Map.of("count", found.size()));
        }
        return ServiceResult.ok(answer);
    }

    private List<Map<String, @Nullable Object>> chosen(Tx tx) {
        Optional<List<String>> ids = options.ids();
        Optional<RecordFilter> filter = options.filter();
        List<Map<String, @Nullable Object>> chosen = new ArrayList<>();
        for (Map<String, @Nullable Object> record : family.all(tx)) {
            boolean named = ids.isEmpty() || ids.get().contains(String.valueOf(record.get(family.key())));
            if (named && (filter.isEmpty() || filter.get().test(record))) {
                chosen.add(record);
            }
        }
        return chosen;
    }

    private List<Map<String, @Nullable Object>> sorted(List<Map<String, @Nullable Object>> records) {
        return options.order()
                .map(order -> records.stream().sorted(RecordOrder.parse(order)).toList())
                .orElse(records);
    }

    private List<?> keys(List<Map<String, @Nullable Object>> page) {
        return page.stream().map(record -> record.get(family.key())).toList();
    }

    private List<?> shaped(Tx tx, List<Map<String, @Nullable Object>> page) {
        return page.stream().map(record -> options.shape(tx, family, record)).toList();
    }
}
