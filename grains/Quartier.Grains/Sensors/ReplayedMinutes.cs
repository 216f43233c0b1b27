using Quartier.Contracts.Districts;
using Quartier.Grains.Districts;

namespace Quartier.Grains.Sensors;

/// <summary>
/// Closed minutes of a replay, as far as the district keeps them. A sensor that has to go through years of readings, because what was kept of it is lost, then
/// tells its district once, and not a million times.
/// </summary>
internal sealed class ReplayedMinutes
{
    /// <summary>Beyond this, what the district would not keep is let go of: some hours of a few datastreams.</summary>
    private const int Untidy = 2_048;

    private readonly List<PropertyAggregate> _minutes = [];
    private int _tidyAt = Untidy;

    /// <summary>Takes closed minutes out of the list.</summary>
    public void Take(List<PropertyAggregate> closed)
    {
        _minutes.AddRange(closed);
        closed.Clear();
        if (_minutes.Count >= _tidyAt)
        {
            Tidy();
            _tidyAt = _minutes.Count + Untidy;
        }
    }

    /// <summary>Puts what is left before what the list holds.</summary>
    public void PutInto(List<PropertyAggregate> closed)
    {
        Tidy();
        closed.InsertRange(0, _minutes);
        _minutes.Clear();
    }

    private void Tidy()
    {
        var kept = _minutes.GroupBy(m => m.Property, StringComparer.Ordinal).ToDictionary(
            of => of.Key, of => of.Select(m => DistrictHours.HourOf(m.Row)).Distinct().OrderDescending().Take(DistrictHours.HoursKept).Last(), StringComparer.Ordinal);
        _minutes.RemoveAll(m => DistrictHours.HourOf(m.Row) < kept[m.Property]);
    }
}
