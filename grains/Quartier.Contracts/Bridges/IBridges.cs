using System.Collections.Immutable;

namespace Quartier.Contracts.Bridges;

/// <summary>The port through which the API sees how bridges are doing.</summary>
public interface IBridges
{
    /// <summary>Those of a city, in the order of its registry; empty when there are none or they have not been started yet.</summary>
    ImmutableArray<BridgeStatus> Of(string city);
}
