package io.sluice.app;

import io.sluice.config.Settings.FirstAdministrator;
import java.nio.file.Path;

/** What the demo prints: the login and four lines to try. */
final class DemoText {
    private DemoText() {}

    static String of(String address, Path folder, FirstAdministrator login, DemoKeys keys, String event) {
        return """

                Administrator   %1$s  password  %2$s
                Address         %3$s

                Try, in this order:

                1. Who may what: log in
                   curl -s %3$s/api/v2/system/admin/session -H 'Content-Type: application/json' -d '{"email":"%1$s","password":"%2$s"}'

                2. A database as an API; the field gross comes from an event script that lies in a Git repository
                   curl -s '%3$s/api/v2/db/_table/orders?fields=id,net,status&filter=net%%3E20' -H 'X-DreamFactory-API-Key: %4$s'

                3. A script as a service
                   curl -s %3$s/api/v2/hello/you -H 'X-DreamFactory-API-Key: %4$s'

                4. Change the script, push, and see the live API change
                   git clone -q '%5$s' demo-scripts && cd demo-scripts && sed -i.bak 's/125/120/' orders.js && git -c user.name=me -c user.email=me@example.com commit -qam 'Another tax rate' && git push -q && cd ..
                   curl -s '%3$s/api/v2/db/_table/orders?fields=id,net&filter=net%%3E20' -H 'X-DreamFactory-API-Key: %4$s'

                Event script    %6$s
                Stop            Ctrl-C
                """.formatted(
                login.email(), login.password(), address, keys.reader(), folder.resolve("git/scripts.git"), event);
    }
}
