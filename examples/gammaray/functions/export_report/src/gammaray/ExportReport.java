package gammaray;

import java.util.Map;

/** GET /reports/{id}: a report as CSV. Lambda calls plain methods, so no library is needed. */
public class ExportReport {
    public Map<String, Object> handleRequest(Map<String, Object> event) {
        Object parameters = event.get("pathParameters");
        String id = parameters instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "unknown";
        return Map.of(
                "statusCode", 200,
                "headers", Map.of("Content-Type", "text/csv"),
                "body", "report,rows\n" + id + ",0\n");
    }
}
