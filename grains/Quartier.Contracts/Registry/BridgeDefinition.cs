using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>An existing MQTT broker from which readings are taken. Secrets are in files beside the data, never here.</summary>
/// <param name="Id">Unique in the city.</param>
/// <param name="Name">For people.</param>
/// <param name="Gateway">Id of the gateway whose decoder and sensors they are.</param>
/// <param name="Host">Name or address of the broker; its certificate must be for it.</param>
/// <param name="Port">1 … 65,535.</param>
/// <param name="ClientId">Names the session that the broker keeps while this side is away.</param>
/// <param name="User">User name, or null.</param>
/// <param name="Filters">MQTT filters subscribed to at quality of service 1.</param>
/// <param name="KeepAliveMs">Longest silence on the line, in milliseconds.</param>
[GenerateSerializer, Immutable, Alias("quartier.BridgeDefinition")]
public sealed record BridgeDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Gateway,
    [property: Id(3)] string Host,
    [property: Id(4)] int Port,
    [property: Id(5)] string ClientId,
    [property: Id(6)] string? User,
    [property: Id(7)] ImmutableArray<string> Filters,
    [property: Id(8)] long KeepAliveMs)
{
    /// <summary>Name of the file with the password, or null.</summary>
    [Id(9)]
    public string? PasswordFile { get; init; }

    /// <summary>Name of the file with the authorities that may have signed the broker's certificate (PEM); null for those of the machine.</summary>
    [Id(10)]
    public string? AuthorityFile { get; init; }

    /// <summary>Name of the file with the client's certificate (PEM), or null.</summary>
    [Id(11)]
    public string? CertificateFile { get; init; }

    /// <summary>Name of the file with the client's key (PEM), or null.</summary>
    [Id(12)]
    public string? KeyFile { get; init; }

    /// <summary>Whether the line is not encrypted.</summary>
    [Id(13)]
    public bool Plaintext { get; init; }
}
