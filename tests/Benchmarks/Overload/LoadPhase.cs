using System.Text.Json;
using Quartier.Benchmarks.Ingest;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Overload;

/// <summary>One run of the generator among several against the same silo, each in a span of event time of its own.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Index">0, 1, … in order.</param>
/// <param name="Load">What the generator measured.</param>
/// <param name="Record">The generator's record.</param>
/// <param name="PeakRssBytes">Greatest resident memory of the silo during it.</param>
/// <param name="UnreadShare">Share of connections and looks with bytes that the silo had not read.</param>
/// <param name="BudgetWaits">How often the silo stopped reading a socket because a budget was used up.</param>
internal sealed record LoadPhase(string Name, int Index, JsonElement Load, LoadRecord Record, long PeakRssBytes = 0, double UnreadShare = 0, long BudgetWaits = 0)
{
    /// <summary>Readings of one sensor for which a phase has room: four hours of event time between phases, less than the day after which a sensor is missing.</summary>
    public const long Indexes = 14_000;

    /// <summary>Index of a phase's first reading.</summary>
    public static long First(int index) => index * Indexes;

    /// <summary>A number of the generator's result.</summary>
    public double Number(string name) => Load.GetProperty(name).GetDouble();

    /// <summary>A count of the generator's result.</summary>
    public long Count(string name) => Load.GetProperty(name).GetInt64();

    /// <summary>Compares the store with what was offered in this phase.</summary>
    public Task<StoreVerification> VerifyAsync(StoreReader store) => StoreVerification.OfAsync(
        store.Readings, Record, Record.Sequence.TimeMs(First(Index)), Record.Sequence.TimeMs(First(Index + 1)));

    /// <summary>For people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Name,-12} due {Count("due"),9} sent {Count("offered"),9} acknowledged {Count("acknowledged"),9} in {Number("seconds"),5:F1} s, p50 {Number("p50_ms"),7:F1} ms, p99 {Number("p99_ms"),7:F1} ms, held back {Number("held_back_share"):P0}, sockets unread {UnreadShare:P0}, reading stopped {BudgetWaits} times, RSS {PeakRssBytes >> 20} MiB");
}
