using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Judgement;
using Quartier.Domain.Rules;
using Quartier.Domain.Windows;

namespace Quartier.Grains.Sensors;

/// <summary>The live state of one datastream. A struct, so that a sensor's datastreams lie side by side: about 380 bytes.</summary>
internal struct DatastreamTwin
{
    private DerivedQuality _derived;
    private LiveWindows _windows;
    private Reading _latest;
    private bool _any;
    private long _contradicted;
    private long _late;
    private long _silentFromMs;

    /// <summary>Puts readings in order of event time.</summary>
    public EventOrder Order;

    /// <summary>The store's number of the datastream.</summary>
    public int Number { get; private init; }

    /// <summary>A datastream that has not been heard yet.</summary>
    public static DatastreamTwin Of(int number) => new() { Number = number };

    /// <summary>Takes up what was kept. Flags that follow from neighbours come back with <see cref="LookBack"/>.</summary>
    public static DatastreamTwin Restore(int number, DatastreamDefinition definition, DatastreamSnapshot kept) => new()
    {
        Number = number,
        Order = EventOrder.Restore(new(kept.Latest?.TimeMs ?? kept.WatermarkMs, kept.WatermarkMs, [])),
        _derived = kept.Day is { } day && day.LastMs < LookBackFromMs(definition, kept.WatermarkMs)
            ? DerivedQuality.After(day.LastMs, day.LastValue)
            : default,
        _windows = LiveWindows.Restore(kept.Minute, kept.Hour, kept.Day),
        _latest = kept.Latest ?? default,
        _any = kept.Latest is not null,
        _late = kept.Late,
        _contradicted = kept.Contradicted,
        _silentFromMs = kept.SilentFromMs ?? 0,
    };

    /// <summary>From when on readings are looked back at; when none lies between there and the watermark, the last one before decides.</summary>
    public static long LookBackFromMs(DatastreamDefinition definition, long watermarkMs) => watermarkMs + 1 - DerivedQuality.LookBackMs(definition);

    /// <summary>What to keep; null while nothing has been released in order.</summary>
    public readonly DatastreamSnapshot? Save(string property) => Order.WatermarkMs is null && _silentFromMs == 0
        ? null
        : new(
            property, Order.WatermarkMs ?? 0, _any ? _latest : null, _windows.Minute, _windows.Hour, _windows.Day, _late, _contradicted,
            _silentFromMs == 0 ? null : _silentFromMs);

    /// <summary>The state for readers.</summary>
    public readonly DatastreamState State() => new(
        Number, _any ? _latest : null, _windows.Minute, _windows.Hour, _windows.Day, _late, _contradicted, Order.WatermarkMs ?? 0);

    /// <summary>A stored reading from before the watermark, seen again after a restart.</summary>
    public void LookBack(DatastreamDefinition definition, in Reading reading)
    {
        // A late one had no part in the flags of those that were in order.
        if (!reading.Quality.HasFlag(Quality.Late))
        {
            _derived.Next(definition, reading);
        }
    }

    /// <summary>A new reading has been stored; those that have come due are appended to <paramref name="released"/>, with their derived flags.</summary>
    public void Take(DatastreamDefinition definition, in Reading reading, List<Reading> released)
    {
        if (!_any || reading.TimeMs > _latest.TimeMs)
        {
            _any = true;
            _latest = reading;
        }

        if (reading.Quality.HasFlag(Quality.Late))
        {
            _late++;
            return;
        }

        Order.Offer(definition, reading, released);
    }

    /// <summary>Another value came for a time that is stored already: the greater one stands, also for rules that have not seen either.</summary>
    public void Contradict(DatastreamDefinition definition, in Reading reading, List<Reading> released)
    {
        _contradicted++;
        if (!Order.IsLate(reading.TimeMs))
        {
            Order.Offer(definition, reading, released);
        }

        if (_any && reading.TimeMs == _latest.TimeMs)
        {
            _latest = _latest with { Value = Math.Max(_latest.Value, reading.Value), Quality = _latest.Quality | Quality.Contradicted };
        }
    }

    /// <summary>
    /// Notes that nothing waits for an earlier reading any longer, because the newest is older than the lateness by the clock. True when that
    /// is news: it must be kept before anything is let go, or a restart would order later arrivals differently.
    /// </summary>
    public bool NoteSilence(DatastreamDefinition definition, long nowMs)
    {
        if (Order.Waiting == 0 || Order.NewestMs is not { } newest || newest > nowMs - definition.LatenessMs || _silentFromMs >= newest)
        {
            return false;
        }

        _silentFromMs = newest;
        return true;
    }

    /// <summary>Lets go of what still waits for its order although the stream fell silent.</summary>
    public void ReleaseSilent(List<Reading> released)
    {
        if (_silentFromMs > 0)
        {
            Order.Advance(_silentFromMs, released);
        }
    }

    /// <summary>Adds a released reading to the windows and gives it its derived flags; true when a minute has closed.</summary>
    public bool Count(DatastreamDefinition definition, ref Reading reading, out AggregateRow closedMinute)
    {
        var closed = _windows.Add(reading, out closedMinute);
        reading = reading with { Quality = reading.Quality | _derived.Next(definition, reading) };
        if (reading.TimeMs == _latest.TimeMs)
        {
            _latest = _latest with { Quality = _latest.Quality | reading.Quality };
        }

        return closed;
    }

    /// <summary>Closes the open minute when it is over by the city's clock; for datastreams that fell silent.</summary>
    public bool TryCloseMinute(long watermarkMs, out AggregateRow closedMinute) => _windows.TryCloseMinute(watermarkMs, out closedMinute);
}
