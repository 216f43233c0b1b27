using Quartier.Contracts.Districts;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Quartier.Grains.Districts;

/// <summary>Who may read as long as a district has no policy of its own: the public what is public, the operator everything.</summary>
internal static class ReadRules
{
    private const int RowLimit = 100_000;

    /// <summary>Decides; deny by default.</summary>
    public static ReadDecision Decide(RegistrySnapshot? snapshot, string district, ReadRequest request)
    {
        var name = request.Sensor.Split('/');
        var sensor = name.Length == 2 ? snapshot?.Sensor(name[0], name[1]) : null;
        var datastream = sensor?.Datastreams.FirstOrDefault(d => string.Equals(d.Property, request.Property, StringComparison.Ordinal));
        if (datastream is null || !string.Equals(sensor!.District, district, StringComparison.Ordinal))
        {
            return Deny(
                DenialReason.NotRegistered,
                $"{request.Sensor}/{request.Property} ist in diesem Stadtteil nicht registriert.",
                $"{request.Sensor}/{request.Property} is not registered in this district.");
        }

        return datastream.Class == DataClass.Public || request.Principal.Has(Role.Operator)
            ? Permit()
            : Deny(
                DenialReason.NoGrant,
                $"{request.Principal.Reference} hat keine Freigabe für diesen Datenstrom.",
                $"The datastream is {Words(datastream.Class)}, and nothing grants it to {request.Principal.Reference}.");
    }

    private static ReadDecision Permit() => new(
        DenialReason.None,
        new("Freigegeben.", "Granted."),
        string.Empty,
        null,
        null,
        new(Resolution.Raw, ReadScope.Sensor, 1, RowLimit, Redactions.None, long.MaxValue, string.Empty));

    private static ReadDecision Deny(DenialReason reason, string german, string english) =>
        new(reason, new(german, english), string.Empty, null, null, null);

    private static string Words(DataClass dataClass) => dataClass == DataClass.Sensitive ? "sensitive" : "internal";
}
