namespace Quartier.Benchmarks.Mqtt;

/// <summary>What an idle connection costs.</summary>
/// <param name="Connections">Connections held open.</param>
/// <param name="RssBytesPerConnection">Growth of the resident set ÷ connections. The clients' sockets are in the same process, so this is an upper bound.</param>
/// <param name="ManagedBytesPerConnection">Growth of the managed heap after collection ÷ connections, clients included.</param>
public sealed record IdleFigures(int Connections, long RssBytesPerConnection, long ManagedBytesPerConnection);
