namespace Quartier.Client.Health;

/// <summary>What lies in the store.</summary>
/// <param name="Partitions">By the day of expiry.</param>
/// <param name="OpenReadings">Not yet in a sealed block.</param>
/// <param name="JournalBytes">Size of the journal.</param>
/// <param name="Datastreams">With at least one reading.</param>
/// <param name="Health">Whether it takes readings.</param>
public sealed record StoreReport(
    IReadOnlyList<StorePartition> Partitions,
    long OpenReadings,
    long JournalBytes,
    int Datastreams,
    StoreHealth Health);
