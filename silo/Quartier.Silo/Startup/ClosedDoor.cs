using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Quartier.Silo.Startup;

/// <summary>Why nothing can listen where it was told to, and what to do.</summary>
internal static class ClosedDoor
{
    /// <summary>Explains; null when the failure is another one.</summary>
    public static string? Explain(SiloOptions options, Exception error) => error switch
    {
        IOException { InnerException: AddressInUseException } => Explain(options, error, "another program listens there already. End it, or"),
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            Explain(options, error, "the operating system does not allow it: ports below 1024 are for services that it starts with that right. Give the service that right, or"),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => Explain(options, error, "this machine has no such address. Name one of its own, or"),
        _ => null,
    };

    private static string Explain(SiloOptions options, Exception error, string why)
    {
        var doors = new (string Option, IPEndPoint? Address)[] { ("--http", options.Http), ("--https", options.Https), ("--mqtt", options.Mqtt), ("--mqtts", options.Mqtts) };
        var named = doors.Where(d => d.Address is not null).ToArray();

        // Kestrel names the address, and calls every door HTTP.
        var meant = Array.FindAll(named, d => error.Message.Contains($"{d.Address}:", StringComparison.Ordinal));
        var where = string.Join(", ", (meant.Length > 0 ? meant : named).Select(d => $"{d.Option} {d.Address}"));
        return $"nothing can listen at {where}: {why} choose another place with {(meant.Length == 1 ? meant[0].Option : "these options")}, port 0 for any free one "
            + "(quartier demo: --port).";
    }
}
