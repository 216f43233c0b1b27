namespace Quartier.Mqtt;

/// <summary>Every limit of the MQTT endpoint, with its default and the reason for it.</summary>
public sealed class MqttOptions
{
    /// <summary>The longest packet that the protocol has (section 1.5.5): a fixed header of five bytes and what four of them can count.</summary>
    internal const int LargestPacketBytes = 268_435_460;

    /// <summary>Connections at a time, 1 … 1,000,000. At 12 KB each 50,000 connections take 600 MB, what a city's server has to spare.</summary>
    public int MaxConnections { get; set; } = 50_000;

    /// <summary>Longest packet taken, in bytes, 1,024 … 268,435,460. A batch of 10,000 readings fits into 1 MiB.</summary>
    public int MaxPacketBytes { get; set; } = 1024 * 1024;

    /// <summary>From accepting a connection to its CONNECT, and for the decision on it. Ten seconds are many round trips even over satellite.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After closing, how long a peer may take to read the last bytes before the socket is reset.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest keep alive granted, 1 s … 65,535 s; MQTT 5 clients that ask for more, or for none, get this one. Half-open connections are found in 1.5 times of it.
    /// </summary>
    public TimeSpan MaxKeepAlive { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Period of the sweep that looks for silent clients. One second is finer than any keep alive needs and costs 20 ns a connection.</summary>
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest client identifier in UTF-8 bytes, 23 … 65,535. A UUID with a prefix fits many times.</summary>
    public int MaxClientIdBytes { get; set; } = 256;

    /// <summary>Longest topic name or filter in UTF-8 bytes, 64 … 65,535. <c>v1/{city}/{gateway}/{sensor}</c> needs at most 198.</summary>
    public int MaxTopicBytes { get; set; } = 1024;

    /// <summary>Most levels of a topic name or filter. Bounds the depth of the subscription tree and the work to match.</summary>
    public int MaxTopicLevels { get; set; } = 32;

    /// <summary>Subscriptions of one client. Bounds what one client can make the server remember.</summary>
    public int MaxSubscriptionsPerClient { get; set; } = 1_000;

    /// <summary>Subscriptions of all clients together; about 300 bytes each.</summary>
    public int MaxSubscriptions { get; set; } = 200_000;

    /// <summary>Retained messages at most; a SUBSCRIBE with wildcards looks at each.</summary>
    public int MaxRetainedMessages { get; set; } = 10_000;

    /// <summary>Bytes of all retained messages (topics, properties, payloads); they live in memory.</summary>
    public long MaxRetainedBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// QoS 1 and 2 publications that one client may have unacknowledged, 1 … 65,535 (the receive maximum told to MQTT 5 clients).
    /// A thousand cover a group commit of 10 ms at 100,000 messages a second. Also the most messages handed to the ingest at once.
    /// </summary>
    public int MaxInFlightPerConnection { get; set; } = 1024;

    /// <summary>Bytes of publications of one client that wait to become durable. Not less than one packet.</summary>
    public int MaxInFlightBytesPerConnection { get; set; } = 2 * 1024 * 1024;

    /// <summary>Publications of all clients that wait to become durable; when reached no socket is read.</summary>
    public int MaxInFlight { get; set; } = 131_072;

    /// <summary>Bytes of publications of all clients that wait to become durable; when reached no socket is read.</summary>
    public long MaxInFlightBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Topic aliases that a client may set (0 … 65,535); each holds one topic name in memory.</summary>
    public int MaxTopicAliases { get; set; } = 64;

    /// <summary>Unacknowledged QoS 1 and 2 messages towards one subscriber, 1 … 65,535, if it allows that many itself.</summary>
    public int MaxOutgoingInFlight { get; set; } = 256;

    /// <summary>
    /// Bytes queued for one subscriber, each message counted with the memory that it takes beside its own bytes; with more the subscriber is disconnected (0x97).
    /// Two hundred thousand small messages: what a thousand gateways may send at once, while the subscriber waits for its turn.
    /// </summary>
    public long MaxQueuedBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// Bytes queued for all subscribers whose sessions end with their connections (for the others see <see cref="MaxSessionBytes"/>). One may have no more queued
    /// than is left free of it, so that a hundred readers that stall have 2.5 MiB each, and a thousand 256 KiB.
    /// </summary>
    public long MaxAllQueuedBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Connections from one address at a time. A radio network's gateway speaks for thousands of devices; one address alone must not take all connections.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 20_000;

    /// <summary>Connections of one owner (<see cref="Ingest.IIngestSession.Owner"/>) at a time: a gateway with its spare and what is still being noticed as dead, or a partner's readers.</summary>
    public int MaxConnectionsPerOwner { get; set; } = 100;

    /// <summary>Connections from one address whose CONNECT has not been accepted yet. All devices behind one address that come back after an outage.</summary>
    public int MaxHalfOpenPerAddress { get; set; } = 500;

    /// <summary>Connections of all addresses whose CONNECT has not been accepted yet; each takes a handshake's memory and lives at most twice <see cref="ConnectTimeout"/>.</summary>
    public int MaxHalfOpen { get; set; } = 4_000;

    /// <summary>
    /// New connections a second from one address in the long run; a handshake of TLS costs about 1 ms of a core. Beyond the burst CONNECT is answered with 0x9F, beyond
    /// twice the burst connections are closed at once.
    /// </summary>
    public int ConnectionsPerSecondPerAddress { get; set; } = 100;

    /// <summary>New connections from one address at once before <see cref="ConnectionsPerSecondPerAddress"/> counts.</summary>
    public int ConnectionBurstPerAddress { get; set; } = 2_000;

    /// <summary>Wrong credentials from one address within <see cref="BanWindow"/> that ban it (0x8A).</summary>
    public int BanAfter { get; set; } = 10;

    /// <summary>How long wrong credentials are counted together.</summary>
    public TimeSpan BanWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a ban lasts: guessing is over at 40 attempts an hour, and who mistyped is back the same morning.</summary>
    public TimeSpan BanTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether wrong credentials also ban loopback. Say no where a proxy on this machine speaks for everybody.</summary>
    public bool BanLoopback { get; set; } = true;

    /// <summary>Whether the limits on connections also hold for loopback. Programs of this machine have easier ways to exhaust it, so they do not.</summary>
    public bool LimitLoopback { get; set; }

    /// <summary>Topic aliases used towards one subscriber that takes them (0 … 65,535): each spares its topic name in every message but the first.</summary>
    public int MaxOutgoingTopicAliases { get; set; } = 64;

    /// <summary>
    /// Longest life of a session without a connection, at most 65 years; MQTT 5 clients that ask for more are told, 3.1.1 clients without clean session get it.
    /// A week bridges a broken modem and a holiday; who stays away longer asks the API for what he missed.
    /// </summary>
    public TimeSpan MaxSessionExpiry { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Sessions that outlive their connections, connected or not; some 500 bytes each and what they hold. An owner may have as many as are left free, or 16. More: CONNACK 0x97.</summary>
    public int MaxSessions { get; set; } = 10_000;

    /// <summary>Bytes of the messages that all those sessions hold, in memory and on the disk. One may hold no more than is left free of it.</summary>
    public long MaxSessionBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// Bytes of the wills of all clients, connected or gone, in memory and on the disk, each counted with 512 bytes for what it takes beside its own; one owner's may weigh no more than is left
    /// free. A hundred thousand small ones. More: CONNACK 0x97.
    /// </summary>
    public long MaxWillBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// Removals of acknowledged messages that may wait for the session store before no socket is read any more: some 100 bytes each, and more than a disk that works is ever
    /// behind. What one read of each socket still brings comes on top; none is dropped, because a QoS 2 message whose removal is lost could come twice.
    /// </summary>
    public int MaxLaterWrites { get; set; } = 65_536;

    /// <summary>
    /// How long a message may wait for a subscriber, or stay retained, whatever it says itself: 1 s … 1 day. A day is the shortest retention that there
    /// is, so no copy of a reading outlives the reading.
    /// </summary>
    public TimeSpan MaxMessageAge { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether MQTT 5 clients are told in words why something was refused or ended, beside the reason code. Say no for clients that cannot skip a property.
    /// </summary>
    public bool SendReasonStrings { get; set; } = true;

    /// <summary>Period in which <c>$SYS</c> is published.</summary>
    public TimeSpan SystemTopicsPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks that the limits are in range and agree with each other.</summary>
    /// <exception cref="InvalidOperationException">A limit is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Check(nameof(MaxConnections), MaxConnections, 1, 1_000_000);
        Check(nameof(MaxPacketBytes), MaxPacketBytes, 1024, LargestPacketBytes);
        Check(nameof(ConnectTimeout) + " (s)", ConnectTimeout.TotalSeconds, 0.1, 3600);
        Check(nameof(CloseTimeout) + " (s)", CloseTimeout.TotalSeconds, 0.1, 3600);
        Check(nameof(MaxKeepAlive) + " (s)", MaxKeepAlive.TotalSeconds, 1, ushort.MaxValue);
        Check(nameof(SweepPeriod) + " (s)", SweepPeriod.TotalSeconds, 0.01, 60);
        Check(nameof(MaxClientIdBytes), MaxClientIdBytes, 23, ushort.MaxValue);
        Check(nameof(MaxTopicBytes), MaxTopicBytes, 64, ushort.MaxValue);
        Check(nameof(MaxTopicLevels), MaxTopicLevels, 1, 1024);
        Check(nameof(MaxSubscriptionsPerClient), MaxSubscriptionsPerClient, 1, 1_000_000);
        Check(nameof(MaxSubscriptions), MaxSubscriptions, 1, 100_000_000);
        Check(nameof(MaxRetainedMessages), MaxRetainedMessages, 0, 10_000_000);
        Check(nameof(MaxRetainedBytes), MaxRetainedBytes, 0, 1L << 40);
        Check(nameof(MaxInFlightPerConnection), MaxInFlightPerConnection, 1, ushort.MaxValue);
        Check(nameof(MaxInFlightBytesPerConnection), MaxInFlightBytesPerConnection, MaxPacketBytes, int.MaxValue);
        Check(nameof(MaxInFlight), MaxInFlight, MaxInFlightPerConnection, int.MaxValue);
        Check(nameof(MaxInFlightBytes), MaxInFlightBytes, MaxInFlightBytesPerConnection, 1L << 40);
        Check(nameof(MaxTopicAliases), MaxTopicAliases, 0, ushort.MaxValue);
        Check(nameof(MaxOutgoingInFlight), MaxOutgoingInFlight, 1, ushort.MaxValue);
        Check(nameof(MaxOutgoingTopicAliases), MaxOutgoingTopicAliases, 0, ushort.MaxValue);
        Check(nameof(MaxSessionExpiry) + " (s)", MaxSessionExpiry.TotalSeconds, 1, int.MaxValue);
        Check(nameof(MaxSessions), MaxSessions, 0, 10_000_000);
        Check(nameof(MaxSessionBytes), MaxSessionBytes, MaxPacketBytes, 1L << 40);
        Check(nameof(MaxWillBytes), MaxWillBytes, 0, 1L << 40);
        Check(nameof(MaxLaterWrites), MaxLaterWrites, 1, 100_000_000);
        Check(nameof(MaxMessageAge) + " (s)", MaxMessageAge.TotalSeconds, 1, TimeSpan.FromDays(1).TotalSeconds);
        Check(nameof(SystemTopicsPeriod) + " (s)", SystemTopicsPeriod.TotalSeconds, 1, 3600);
        Check(nameof(MaxQueuedBytes), MaxQueuedBytes, 2L * MaxPacketBytes, 1L << 40);
        Check(nameof(MaxAllQueuedBytes), MaxAllQueuedBytes, MaxQueuedBytes, 1L << 40);
        ValidateAdmission();
    }

    private void ValidateAdmission()
    {
        Check(nameof(MaxConnectionsPerAddress), MaxConnectionsPerAddress, 1, 1_000_000);
        Check(nameof(MaxConnectionsPerOwner), MaxConnectionsPerOwner, 1, 1_000_000);
        Check(nameof(MaxHalfOpenPerAddress), MaxHalfOpenPerAddress, 1, 1_000_000);
        Check(nameof(MaxHalfOpen), MaxHalfOpen, 1, 1_000_000);
        Check(nameof(ConnectionsPerSecondPerAddress), ConnectionsPerSecondPerAddress, 1, 1_000_000);
        Check(nameof(ConnectionBurstPerAddress), ConnectionBurstPerAddress, 1, 1_000_000);
        Check(nameof(BanAfter), BanAfter, 1, 1_000_000);
        Check(nameof(BanWindow) + " (s)", BanWindow.TotalSeconds, 1, 86_400);
        Check(nameof(BanTime) + " (s)", BanTime.TotalSeconds, 1, 31 * 86_400);
    }

    private static void Check(string name, double value, double least, double most)
    {
        if (double.IsNaN(value) || value < least || value > most)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The MQTT option {name} is {value}, but must lie between {least} and {most}. Correct it in the section Mqtt of the configuration."));
        }
    }
}
