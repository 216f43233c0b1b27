using Microsoft.Extensions.Logging;
using Quartier.Contracts.Live;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Grains.Assets;

/// <summary>What every asset's grain needs, in one object.</summary>
public sealed class AssetPorts(IReadingStore store, IRegistry registry, ILiveFeed live, TimeProvider time, ILogger<AssetPorts> logger)
{
    /// <summary>Where readings rest.</summary>
    internal IReadingStore Store => store;

    /// <summary>What is registered.</summary>
    internal IRegistry Registry => registry;

    /// <summary>Who is told that something changed.</summary>
    internal ILiveFeed Live => live;

    /// <summary>The silo's clock.</summary>
    internal TimeProvider Time => time;

    /// <summary>Where trouble is told.</summary>
    internal ILogger Logger => logger;

    /// <summary>The silo's clock in milliseconds since 1970-01-01T00:00:00Z.</summary>
    internal long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
