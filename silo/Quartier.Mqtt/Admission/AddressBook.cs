using System.Net;
using System.Net.Sockets;

namespace Quartier.Mqtt.Admission;

/// <summary>
/// Who may open a connection, by remote address: how many at a time, how many without an accepted CONNECT, how many a second, and who is banned
/// because of wrong credentials. Bounded: what is forgotten first is who did nothing. Loopback is not limited, but banned like everybody unless the
/// options say otherwise.
/// </summary>
internal sealed class AddressBook(MqttOptions options, Func<long> nowMs)
{
    /// <summary>Addresses told apart; as many as connections that are still to prove themselves, several times over. Beyond it, the rest is counted together.</summary>
    public const int AddressesMax = 10_000;

    /// <summary>Refusals of one address are logged once in this time, so that a flood does not fill the log.</summary>
    private const long LogEveryMs = 60_000;

    /// <summary>A network of IPv6 that one customer gets; who owns it has 2⁶⁴ addresses to come from.</summary>
    private const int NetworkBytes = 8;

    private static readonly IPAddress Others = IPAddress.None;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, AddressRecord> _addresses = [];
    private int _halfOpen;

    /// <summary>Addresses remembered at present.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _addresses.Count;
            }
        }
    }

    /// <summary>Addresses that are banned now, at most <see cref="AddressesMax"/>.</summary>
    public IReadOnlyList<BannedAddress> Banned
    {
        get
        {
            var now = nowMs();
            lock (_gate)
            {
                return [.. _addresses.Where(a => a.Value.BannedUntilMs > now).Select(a => new BannedAddress(a.Key, Seconds(a.Value.BannedUntilMs - now)))];
            }
        }
    }

    /// <summary>A connection comes. Null when it must be closed at once; <paramref name="isLogged"/> says whether that is worth a line in the log.</summary>
    public AdmittedConnection? Enter(EndPoint? remote, out bool isLogged)
    {
        isLogged = false;
        var address = AddressOf(remote);
        if (address is null || (IPAddress.IsLoopback(address) && !options.LimitLoopback))
        {
            return new AdmittedConnection(this, address, isTooFast: false) { IsSettled = true };
        }

        var now = nowMs();
        lock (_gate)
        {
            var record = RecordOf(ref address, now);
            Refill(record, now);
            var isDrowning = record.Tokens <= -options.ConnectionBurstPerAddress;
            if (record.Open >= options.MaxConnectionsPerAddress
                || record.HalfOpen >= options.MaxHalfOpenPerAddress
                || _halfOpen >= options.MaxHalfOpen
                || isDrowning)
            {
                isLogged = now - LogEveryMs >= record.LoggedMs;
                record.LoggedMs = isLogged ? now : record.LoggedMs;
                return null;
            }

            record.Tokens--;
            record.Open++;
            record.HalfOpen++;
            _halfOpen++;
            return new AdmittedConnection(this, address, record.Tokens < 0);
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Leave(AdmittedConnection connection)
    {
        lock (_gate)
        {
            if (Counted(connection) is { } record)
            {
                record.Open--;
                Settle_NeedsLock(connection, record);
            }
        }
    }

    /// <summary>The connection's CONNECT has been accepted.</summary>
    public void Settle(AdmittedConnection connection)
    {
        lock (_gate)
        {
            if (Counted(connection) is { } record)
            {
                Settle_NeedsLock(connection, record);
            }
        }
    }

    /// <summary>A wrong credential came; enough of them ban the address.</summary>
    public void NoteBadCredential(AdmittedConnection connection)
    {
        if (connection.Address is not { } address || (IPAddress.IsLoopback(address) && !options.BanLoopback))
        {
            return;
        }

        var now = nowMs();
        lock (_gate)
        {
            var record = RecordOf(ref address, now);
            if (record.Failures == 0 || now - record.FirstFailureMs >= options.BanWindow.TotalMilliseconds)
            {
                (record.Failures, record.FirstFailureMs) = (0, now);
            }

            if (++record.Failures >= options.BanAfter)
            {
                (record.Failures, record.BannedUntilMs) = (0, now + (long)options.BanTime.TotalMilliseconds);
            }
        }
    }

    /// <summary>Seconds for which the connection's address is banned; 0 when it is not.</summary>
    public int BannedSeconds(AdmittedConnection connection)
    {
        var now = nowMs();
        lock (_gate)
        {
            return connection.Address is { } address && _addresses.TryGetValue(address, out var record) && record.BannedUntilMs > now
                ? Seconds(record.BannedUntilMs - now)
                : 0;
        }
    }

    private static IPAddress? AddressOf(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    private static int Seconds(long ms) => (int)Math.Min(int.MaxValue, (ms + 999) / 1000);

    private AddressRecord? Counted(AdmittedConnection connection) =>
        connection.Address is { } address && (!IPAddress.IsLoopback(address) || options.LimitLoopback) ? _addresses.GetValueOrDefault(address) : null;

    private void Settle_NeedsLock(AdmittedConnection connection, AddressRecord record)
    {
        if (!connection.IsSettled)
        {
            connection.IsSettled = true;
            record.HalfOpen--;
            _halfOpen--;
        }
    }

    private void Refill(AddressRecord record, long now)
    {
        record.Tokens = Math.Min(
            options.ConnectionBurstPerAddress, record.Tokens + ((now - record.RefilledMs) * (double)options.ConnectionsPerSecondPerAddress / 1000));
        record.RefilledMs = now;
    }

    /// <summary>The address's record; when the book is full and nobody can be forgotten, the record of all others together.</summary>
    private AddressRecord RecordOf(ref IPAddress address, long now)
    {
        if (_addresses.TryGetValue(address, out var record))
        {
            return record;
        }

        if (_addresses.Count >= AddressesMax && !Forget(now))
        {
            address = Others;
        }

        if (!_addresses.TryGetValue(address, out record))
        {
            _addresses[address] = record = new AddressRecord(options.ConnectionBurstPerAddress, now);
        }

        return record;
    }

    /// <summary>Makes room for many at once: forgets all who did nothing, or else a tenth of those who are neither connected nor banned.</summary>
    private bool Forget(long now)
    {
        var free = _addresses.Where(a => IsFree(a.Value, now)).ToList();
        foreach (var (address, record) in free)
        {
            Refill(record, now);
            if (record.Failures == 0 && record.Tokens >= options.ConnectionBurstPerAddress)
            {
                _addresses.Remove(address);
            }
        }

        foreach (var (address, _) in _addresses.Count < AddressesMax ? [] : free.Take(AddressesMax / 10))
        {
            _addresses.Remove(address);
        }

        return _addresses.Count < AddressesMax;
    }

    private static bool IsFree(AddressRecord record, long now) => record.Open == 0 && record.BannedUntilMs <= now;
}
