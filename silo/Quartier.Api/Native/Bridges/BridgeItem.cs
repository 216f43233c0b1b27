using Quartier.Api.Json;
using Quartier.Contracts.Bridges;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Bridges;

/// <summary>A bridge and how it is doing.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Gateway">The gateway whose decoder and sensors its messages are.</param>
/// <param name="Broker">Host and port.</param>
/// <param name="Encrypted">False for a line that anybody on the way can read and change.</param>
/// <param name="Subscribed">Its filters.</param>
/// <param name="Connected">Null while it has not been started.</param>
/// <param name="Since">Since when that is so.</param>
/// <param name="LastError">Why it was not connected last.</param>
/// <param name="LastErrorTime">When that was.</param>
/// <param name="Messages">Taken since the program started.</param>
/// <param name="Refused">Those of which nothing could be taken; the books say why.</param>
/// <param name="Repeated">Those that the broker may have sent before.</param>
/// <param name="Retained">Passed over because the broker had kept them.</param>
/// <param name="LostSessions">How often the broker no longer knew the session.</param>
internal sealed record BridgeItem(
    string Id,
    string Name,
    string Gateway,
    string Broker,
    bool Encrypted,
    IReadOnlyList<string> Subscribed,
    bool? Connected,
    UtcTime? Since,
    string? LastError,
    UtcTime? LastErrorTime,
    long Messages,
    long Refused,
    long Repeated,
    long Retained,
    long LostSessions)
{
    /// <summary>The bridges of a city in the order of its registry.</summary>
    public static BridgeItem[] Of(CityDefinition city, IBridges? bridges)
    {
        var states = (bridges?.Of(city.Id) ?? []).ToDictionary(s => s.Bridge, StringComparer.Ordinal);
        return [.. city.Bridges.Select(b => Of(b, states.GetValueOrDefault(b.Id)))];
    }

    private static BridgeItem Of(BridgeDefinition bridge, BridgeStatus? status) => new(
        bridge.Id,
        bridge.Name,
        bridge.Gateway,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bridge.Host}:{bridge.Port}"),
        !bridge.Plaintext,
        bridge.Filters,
        status?.Connected,
        status is null ? null : new UtcTime(status.SinceMs),
        status?.LastError,
        UtcTime.OrNull(status?.LastErrorMs ?? 0),
        status?.Messages ?? 0,
        status?.Refused ?? 0,
        status?.Repeated ?? 0,
        status?.Retained ?? 0,
        status?.LostSessions ?? 0);
}
