using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Quartier.Grains.Sensors;

/// <summary>
/// A sensor's live state as people see it: where a correction reaches into it, the store says what holds. Nothing of it is kept, so that it is the same
/// after a restart. Behind the last correction of a datastream it costs one look at the store's memory.
/// </summary>
internal static class ShownState
{
    public static Task<SensorState> OfAsync(SensorState received, IReadingStore store)
    {
        foreach (var datastream in received.Datastreams)
        {
            if (SinceMs(datastream) is { } sinceMs && store.IsCorrected(datastream.Number, sinceMs))
            {
                return CorrectedAsync(received, store);
            }
        }

        return Task.FromResult(received);
    }

    private static async Task<SensorState> CorrectedAsync(SensorState received, IReadingStore store)
    {
        var shown = ImmutableArray.CreateBuilder<DatastreamState>(received.Datastreams.Length);
        foreach (var datastream in received.Datastreams)
        {
            shown.Add(datastream with
            {
                Latest = await LatestAsync(datastream, store),
                Minute = await WindowAsync(datastream.Number, datastream.Minute, store),
                Hour = await WindowAsync(datastream.Number, datastream.Hour, store),
                Day = await WindowAsync(datastream.Number, datastream.Day, store),
            });
        }

        return received with { Datastreams = shown.MoveToImmutable() };
    }

    private static long? SinceMs(DatastreamState state) => state.Latest is { } latest
        ? Math.Min(latest.TimeMs, Math.Min(state.Day?.StartMs ?? latest.TimeMs, state.Hour?.StartMs ?? latest.TimeMs))
        : null;

    private static async ValueTask<Reading?> LatestAsync(DatastreamState state, IReadingStore store)
    {
        if (state.Latest is not { } latest || !store.IsCorrected(state.Number, latest.TimeMs))
        {
            return state.Latest;
        }

        var held = await store.LatestAsync(state.Number, CancellationToken.None);
        return held is { } same && same.TimeMs == latest.TimeMs && same.Value == latest.Value ? state.Latest : held;
    }

    private static async ValueTask<AggregateRow?> WindowAsync(int number, AggregateRow? window, IReadingStore store)
    {
        if (window is not { } received || !store.IsCorrected(number, received.StartMs))
        {
            return window;
        }

        var rows = await store.AggregateAsync(
            number, received.StartMs, received.EndMs, received.EndMs - received.StartMs, received.StartMs, CancellationToken.None);
        return rows is [var held] ? held : null;
    }
}
