using System.Globalization;

namespace Quartier.Benchmarks.Overload;

/// <summary>
/// How many of a server's connections have bytes waiting that it has not read, as the kernel sees it (proc(5), /proc/net/tcp): what holds a client back
/// that takes no notice of the protocol's own limits.
/// </summary>
internal sealed class UnreadSockets(string endpoint)
{
    private const string Table = "/proc/net/tcp";
    private const string Established = "01";

    private readonly string _port = ":" + int.Parse(endpoint.Split(':')[^1], CultureInfo.InvariantCulture).ToString("X4", CultureInfo.InvariantCulture);
    private long _connections;
    private long _unread;

    /// <summary>Share of all connections at all looks, 0 … 1, that had bytes waiting.</summary>
    public double Share => _connections == 0 ? 0 : Math.Round(_unread / (double)_connections, 3);

    /// <summary>Looks once.</summary>
    public void Look()
    {
        foreach (var line in File.ReadLines(Table).Skip(1))
        {
            // sl, local_address, rem_address, st, tx_queue:rx_queue, …
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!fields[1].EndsWith(_port, StringComparison.Ordinal) || fields[3] != Established)
            {
                continue;
            }

            _connections++;
            _unread += fields[4].EndsWith(":00000000", StringComparison.Ordinal) ? 0 : 1;
        }
    }
}
