using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Domain.Judgement;
using Quartier.Grains.Sensors;

namespace Quartier.Grains.Assets;

/// <summary>What a sensor has handed to an asset since a snapshot, read from the store: in order, as far as it was released, with derived flags.</summary>
internal sealed class AssetHistory
{
    private readonly AssetSource _source;
    private readonly long _afterMs;
    private DerivedQuality _derived;

    private AssetHistory(AssetSource source, StoredTail tail, long afterMs, DerivedQuality derived)
    {
        _source = source;
        _afterMs = afterMs;
        _derived = derived;
        Tail = tail;
    }

    /// <summary>The stored readings.</summary>
    public StoredTail Tail { get; }

    /// <summary>Opens the history of a datastream.</summary>
    /// <param name="store">Where it rests.</param>
    /// <param name="number">Its number there.</param>
    /// <param name="source">The datastream.</param>
    /// <param name="kept">The last reading that is known already, or null.</param>
    public static AssetHistory Open(IReadingStore store, int number, AssetSource source, AssetInputSnapshot? kept)
    {
        var definition = source.Datastream;
        var toMs = long.MaxValue;
        if (definition.LatenessMs > 0 && store.LastReceived(number) is { } newest)
        {
            // What came later still waits for its order in the sensor, which will hand it over.
            toMs = newest.TimeMs - definition.LatenessMs + 1;
        }

        if (kept is null)
        {
            return new(source, new(store, number, 0, toMs), long.MinValue, default);
        }

        var lookBackMs = DerivedQuality.LookBackMs(definition);
        var derived = lookBackMs == 0 ? DerivedQuality.After(kept.Reading.TimeMs, kept.Reading.Value) : default;
        return new(source, new(store, number, kept.Reading.TimeMs + 1 - lookBackMs, toMs), kept.Reading.TimeMs, derived);
    }

    /// <summary>Whether both come from one sensor, so that readings of one time belong together.</summary>
    public bool IsBeside(AssetHistory other) => _source.Gateway == other._source.Gateway && _source.Sensor == other._source.Sensor;

    /// <summary>Takes the next reading and adds it to the step, unless the asset has never seen it or knows it already.</summary>
    public void Take(List<Contracts.Alerts.ExplainedReading> step)
    {
        var reading = Tail.Take();
        if (reading.Quality.HasFlag(Quality.Late))
        {
            return;
        }

        var flags = _derived.Next(_source.Datastream, reading);
        if (reading.TimeMs > _afterMs)
        {
            step.Add(new(_source.Datastream.Property, reading with { Quality = reading.Quality | flags }));
        }
    }
}
