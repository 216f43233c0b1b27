using System.Collections.Concurrent;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>The desks of one request: the SensorThings API answers for all cities at once, and each city keeps its own ledger.</summary>
internal sealed class CityDesks(CityDirectory directory, IRegistry registry, ILedger ledger, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CityDesk> _desks = new(StringComparer.Ordinal);
    private Caller? _caller;

    /// <summary>On whose behalf the request reads.</summary>
    public Caller Caller
    {
        get => _caller ?? throw new InvalidOperationException("The route does not pass the gate of its records.");
        set => _caller = value;
    }

    /// <summary>Ids of the cities that are registered.</summary>
    public IReadOnlyCollection<string> Cities => registry.Cities;

    /// <summary>The city's desk; null when the city is not registered.</summary>
    public CityDesk? Of(string city)
    {
        if (_desks.TryGetValue(city, out var desk))
        {
            return desk;
        }

        return directory.City(city).TryGet(out var found, out _) ? _desks.GetOrAdd(city, new CityDesk(found, CallerIn(city), new ReadRecord(ledger, time))) : null;
    }

    /// <summary>Hands everything to the cities' ledgers and says in the head on what the answer rests; false when one cannot take it.</summary>
    public bool TryNote(IHeaderDictionary headers)
    {
        var taken = true;
        foreach (var (city, desk) in _desks)
        {
            if (!desk.Record.IsEmpty)
            {
                desk.Record.SetHeaders(headers);
                taken &= desk.Record.TryNote(city, desk.Caller);
            }
        }

        return taken;
    }

    /// <summary>Ids of contracts and offices mean something in their own city only.</summary>
    private Caller CallerIn(string city) =>
        Caller.Principal.City is { } own && !string.Equals(own, city, StringComparison.Ordinal) ? Caller with { Principal = Principal.Public } : Caller;
}
