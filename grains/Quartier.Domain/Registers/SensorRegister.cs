using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Domain.Registers;

/// <summary>
/// The public register of sensors (G11): what is measured, by whom, for what, on which legal basis, how long it is kept and who has access. It names
/// no person. Made for one answer: build another when the configuration or the time has changed.
/// </summary>
public sealed class SensorRegister
{
    private readonly RegisterBasis _basis;
    private readonly Dictionary<string, DistrictBasis> _districts;
    private readonly Dictionary<string, OfficeDefinition> _offices;

    /// <summary>Prepares the register of a city.</summary>
    /// <param name="basis">What is registered and in force.</param>
    public SensorRegister(RegisterBasis basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        _basis = basis;
        _districts = basis.Registry.City.Districts.ToDictionary(d => d.Id, d => new DistrictBasis(d, basis), StringComparer.Ordinal);
        _offices = basis.Registry.City.Offices.DistinctBy(o => o.Id, StringComparer.Ordinal).ToDictionary(o => o.Id, StringComparer.Ordinal);
    }

    /// <summary>The entry of one datastream.</summary>
    /// <param name="sensor">A sensor of the city.</param>
    /// <param name="datastream">One of its datastreams.</param>
    public RegisterEntry Entry(SensorDefinition sensor, DatastreamDefinition datastream)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        ArgumentNullException.ThrowIfNull(datastream);
        var district = _districts[sensor.District];
        var policy = district.Entry(sensor, datastream.Property);
        var terms = StreamTerms.Apply(datastream, policy);
        var place = SensorPlace.Of(sensor, _basis.Registry);
        var isWithheld = IsPlaceWithheld(district, sensor);
        return new(
            $"{sensor.Gateway}/{sensor.Id}/{datastream.Property}",
            datastream.Name,
            sensor.Name,
            datastream.Unit,
            datastream.Question,
            _basis.Registry.Gateway(sensor.Gateway) ?? new(sensor.Gateway, sensor.Gateway, sensor.Office),
            sensor.District,
            district.District.Name,
            place is { } at && !isWithheld ? [at.Longitude, at.Latitude] : null,
            isWithheld,
            policy is null,
            PolicyWords.Of(terms.Class),
            policy?.CountsPeople ?? false,
            policy?.Operator,
            Office(policy?.Office ?? sensor.Office),
            policy is null ? [] : [.. policy.Purposes.Select(district.Purpose).OfType<PurposeDefinition>().Select(Show)],
            Retention(terms.RetentionDays, policy),
            policy?.Answers,
            policy is null ? [] : Access(district, sensor, policy),
            district.Effective?.Version ?? string.Empty);
    }

    /// <summary>Why a datastream is measured, in one sentence for everybody.</summary>
    /// <param name="entry">Its entry.</param>
    public static BilingualText Why(RegisterEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var days = entry.Retention[0].Days;
        if (entry.Quarantine)
        {
            return new(
                $"„{entry.Name}“ ({entry.Sensor}) steht unter Quarantäne: Noch keine Richtlinie sagt, wofür es erhoben wird. Niemand liest die Werte, und nach {RegisterWords.Days(days)} sind sie gelöscht. Zuständig: {entry.Office.Name}.",
                string.Create(CultureInfo.InvariantCulture, $"“{entry.Name}” ({entry.Sensor}) is in quarantine: no policy says yet what it is collected for. Nobody reads the values, and they are deleted after {days} day(s). Responsible: {entry.Office.Name}."));
        }

        var purposesDe = string.Join("; ", entry.Purposes.Select(p => $"{p.Name} ({p.Question} Rechtsgrundlage: {p.LegalBasis})"));
        var purposesEn = string.Join("; ", entry.Purposes.Select(p => $"{p.Name} ({p.Question} Legal basis: {p.LegalBasis})"));
        return new(
            $"„{entry.Name}“ ({entry.Sensor}) wird gemessen für: {purposesDe}. Einzelwerte bleiben {RegisterWords.Days(days)} gespeichert. Betrieb: {entry.Operator}. Zuständig: {entry.Office.Name}.",
            string.Create(CultureInfo.InvariantCulture, $"“{entry.Name}” ({entry.Sensor}) is measured for: {purposesEn}. Single readings are kept for {days} day(s). Operator: {entry.Operator}. Responsible: {entry.Office.Name}."));
    }

    internal static ImmutableArray<RegisterRetention> Retention(int rawDays, StreamPolicy? policy)
    {
        var kept = policy?.Retention;
        return
        [
            new("raw", rawDays),
            .. kept is { HourDays: > 0 } ? [new("hour", kept.HourDays)] : ImmutableArray<RegisterRetention>.Empty,
            .. kept is { DayDays: > 0 } ? [new("day", kept.DayDays)] : ImmutableArray<RegisterRetention>.Empty,
        ];
    }

    private OfficeDefinition Office(string id) => _offices.GetValueOrDefault(id) ?? new(id, id, string.Empty);

    private RegisterPurpose Show(PurposeDefinition purpose) => new(
        purpose.Id,
        purpose.Name,
        purpose.LegalBasis,
        purpose.Question,
        Office(purpose.Office),
        purpose.ReviewDay,
        ReviewDays.HasPassed(purpose, _basis.NowMs));

    private ImmutableArray<RegisterAccess> Access(DistrictBasis district, SensorDefinition sensor, StreamPolicy entry) =>
    [
        .. Reaching(district, sensor, entry)
            .Select(g => new RegisterAccess(
                RegisterWords.Kind(g.Principal),
                RegisterWords.Who(g.Principal, id => Office(id).Name, district.Partner),
                g.Grant.Purpose,
                PolicyWords.Of(g.Grant.Floor),
                PolicyWords.Of(g.Grant.Scope),
                PolicyWords.Until(g.UntilMs),
                RegisterWords.OnwardOf(g.Grant)))
            .Distinct()
            .OrderBy(a => a.Kind, StringComparer.Ordinal)
            .ThenBy(a => a.Who.De, StringComparer.Ordinal)
            .ThenBy(a => a.Purpose, StringComparer.Ordinal)
            .ThenBy(a => a.ToString(), StringComparer.Ordinal),
    ];

    private IEnumerable<(GrantDefinition Grant, string Principal, long UntilMs)> Reaching(DistrictBasis district, SensorDefinition sensor, StreamPolicy entry)
    {
        var place = SensorPlace.Of(sensor, _basis.Registry);
        return district.Living(entry).Where(g => g.Grant.Area.IsEmpty || (place is { } at && Ring.Contains(g.Grant.Area, at)));
    }

    /// <summary>
    /// A place belongs to the sensor, whichever of its datastreams is asked for. What some grant keeps from its readers, whether it still counts or
    /// not, is shown only when the public reads the sensor by grants that all leave it in.
    /// </summary>
    private bool IsPlaceWithheld(DistrictBasis district, SensorDefinition sensor)
    {
        var entries = sensor.Datastreams.Select(d => district.Entry(sensor, d.Property)).OfType<StreamPolicy>().DistinctBy(e => e.Id, StringComparer.Ordinal).ToList();
        var isProtected = entries.Exists(district.HidesPlaces);
        if (!isProtected)
        {
            return false;
        }

        var open = entries.SelectMany(e => Reaching(district, sensor, e)).Where(g => g.Principal is "public").ToList();
        return open.Count == 0 || open.Exists(g => DistrictBasis.HidesPlace(g.Grant));
    }
}
