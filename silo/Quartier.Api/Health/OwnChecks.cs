using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Health;

/// <summary>The checks that the API brings along: store, registry and disk.</summary>
internal static class OwnChecks
{
    public static HealthFinding Store(IReadingStore store)
    {
        var health = store.Health;
        if (!health.Accepting)
        {
            return new(HealthStatus.Unavailable, health.Problem ?? "The store accepts nothing at present.");
        }

        if (!health.SetAside.IsEmpty)
        {
            return new(HealthStatus.Degraded, $"{health.SetAside.Length} damaged file(s) were set aside: {string.Join("; ", health.SetAside)}");
        }

        return health.Problem is null
            ? HealthFinding.Ok($"Readings become durable. The journal holds {health.JournalBytes:N0} bytes.")
            : new(HealthStatus.Degraded, health.Problem);
    }

    public static HealthFinding Registry(IRegistry registry) => registry.Cities.Count == 0
        ? new(HealthStatus.Degraded, "No city is registered, so everything that arrives is refused. Apply one: quartier city apply FILE.")
        : HealthFinding.Ok($"{registry.Cities.Count} city or cities are registered.");

    /// <summary>Space on the disk of the data directory.</summary>
    public static HealthFinding Disk(QuartierApiOptions options)
    {
        if (options.DataDirectory is null)
        {
            return HealthFinding.Ok("The store has no directory of its own.");
        }

        var free = new DriveInfo(Path.GetFullPath(options.DataDirectory)).AvailableFreeSpace;
        return free >= options.DiskFreeLeastBytes
            ? HealthFinding.Ok($"{free:N0} bytes are free.")
            : new(
                HealthStatus.Degraded,
                $"{free:N0} bytes are free on the disk of the data directory, less than {options.DiskFreeLeastBytes:N0}. Make space before it is full.");
    }
}
