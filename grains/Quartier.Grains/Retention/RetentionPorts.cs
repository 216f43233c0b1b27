using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Publication;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;

namespace Quartier.Grains.Retention;

/// <summary>What the retention's grain needs, in one object.</summary>
public sealed class RetentionPorts
{
    /// <summary>Where readings rest.</summary>
    public required IReadingStore Readings { get; init; }

    /// <summary>Where they end.</summary>
    public required IRetentionStore Store { get; init; }

    /// <summary>Where certificates rest.</summary>
    public required ICertificateStore Certificates { get; init; }

    /// <summary>Where alerts rest.</summary>
    public required IAlertStore Alerts { get; init; }

    /// <summary>Where published tables rest; null where nothing is published.</summary>
    public required IPublicationStore? Publications { get; init; }

    /// <summary>Where certificates are recorded.</summary>
    public required RetentionLedger Ledger { get; init; }

    /// <summary>What is registered.</summary>
    public required IRegistry Registry { get; init; }

    /// <summary>The policies in force; null where nothing brings them into force: everything is in quarantine then.</summary>
    public required IPolicies? Policies { get; init; }

    /// <summary>The silo's clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where trouble is told.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Of which datastreams each registered asset is made.</summary>
    public ImmutableArray<AssetStreams> Assets =>
    [
        .. Registry.Cities.Select(Registry.Find).OfType<RegistrySnapshot>().SelectMany(snapshot => snapshot.City.Assets.Select(asset => new AssetStreams(
            GrainKeys.Asset(snapshot.City.Id, asset.Id),
            [.. asset.Bindings.Select(b => new DatastreamKey(GrainKeys.Sensor(snapshot.City.Id, b.Gateway, b.Sensor), b.Property)).Distinct()]))),
    ];

    /// <summary>The silo's clock in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Looks into every place for what should be gone.</summary>
    /// <param name="nowMs">What expired before this UTC day should be.</param>
    /// <param name="publishedBefore">From the run: see <see cref="RetentionRun.PublishedBefore"/>.</param>
    internal async Task<ImmutableArray<PlaceExamined>> ExamineAsync(long nowMs, ImmutableDictionary<string, long>? publishedBefore)
    {
        // First, because the store empties the database's write-ahead log behind it.
        var published = await PublishedTables.ExamineAsync(this, publishedBefore);
        return [.. await Store.ExamineAsync(nowMs, Assets, CancellationToken.None), published];
    }
}
