import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.action.admin.cluster.health.ClusterHealthResponse;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;

/**
 * Runs OpenSearch nodes in this process until stdin closes or SIGTERM comes: {@code Node BASEPATH HTTP_PORT NODES}.
 *
 * <p>OpenSearchRunner's own main hides exceptions, picks its ports itself and stays when its parent is gone.
 */
public class Node {
    private static final String NORI = "org.opensearch.plugin.analysis.nori.AnalysisNoriPlugin";

    public static void main(String[] args) throws Exception {
        // stdout says nothing but READY; all the rest, the console logger's lines too, goes to stderr.
        PrintStream answer = System.out;
        PrintStream log = System.err;
        System.setOut(log);
        try {
            Path base = Path.of(args[0]).toAbsolutePath();
            int port = Integer.parseInt(args[1]);
            start(base, port, Integer.parseInt(args[2]));
            answer.println("READY " + port);
        } catch (Throwable error) {
            error.printStackTrace(log); // System.err is a logger by now
            log.println("not started: " + rootCause(error)); // the last line is the one that people read
            Runtime.getRuntime().halt(1); // not exit(): a half-started node may hang in its shutdown hook
        }
        while (System.in.read() >= 0) {
            // the parent only ever closes the pipe, be it by dying
        }
        System.exit(0);
    }

    private static void start(Path base, int port, int nodes) throws IOException {
        OpenSearchRunner runner = new OpenSearchRunner();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
        List<String> hosts = freeHosts(nodes);
        runner.onBuild((number, settings) -> configure(settings, number, port, hosts));
        runner.setMaxHttpPort(-1); // no search for another port: configure() names it, a taken one must fail
        runner.build(OpenSearchRunner.newConfigs()
                .basePath(base.toString())
                .clusterName("gbp-test-" + port)
                .numOfNode(nodes)
                .pluginTypes(NORI));
        awaitShards(runner, nodes);
    }

    private static void configure(Settings.Builder settings, int number, int port, List<String> hosts) {
        settings.put("network.host", "127.0.0.1")
                .put("http.port", number == 1 ? String.valueOf(port) : "0")
                .put("transport.port", hosts.get(number - 1).split(":")[1])
                // By default a node looks for others on the usual ports and would join another test's cluster.
                .put("discovery.type", "zen") // the runner's own choice for one node, single-node, forbids these:
                .putList("discovery.seed_hosts", hosts)
                .putList("cluster.initial_cluster_manager_nodes", "Node 1")
                // On a restart the first node has no majority yet: do not wait for one, awaitShards() does.
                .put("discovery.initial_state_timeout", "0s")
                .putList("node.roles", "cluster_manager", "data", "ingest")
                .put("action.auto_create_index", "false")
                // A full disk on the developer's machine is not what the tests are about.
                .put("cluster.routing.allocation.disk.threshold_enabled", "false");
    }

    /** Blocks until all nodes have joined and every primary shard on disk is open again. */
    private static void awaitShards(OpenSearchRunner runner, int nodes) {
        ClusterHealthResponse health = runner.admin().cluster().prepareHealth()
                .setWaitForNodes(String.valueOf(nodes))
                .setWaitForYellowStatus()
                .setTimeout(TimeValue.timeValueSeconds(50))
                .get(TimeValue.timeValueSeconds(55));
        if (health.isTimedOut()) {
            throw new IllegalStateException("cluster not ready: " + health);
        }
    }

    private static List<String> freeHosts(int count) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        List<ServerSocket> sockets = new ArrayList<>(); // all open at once, so that no port comes twice
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, loopback));
        }
        List<String> hosts = sockets.stream().map(socket -> "127.0.0.1:" + socket.getLocalPort()).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return hosts;
    }

    private static Throwable rootCause(Throwable error) {
        return error.getCause() == null ? error : rootCause(error.getCause());
    }

    private static void close(OpenSearchRunner runner) {
        try {
            runner.close();
        } catch (IOException error) {
            error.printStackTrace();
        }
    }
}
