using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Grains.Districts;

/// <summary>Who may read as long as a district has no policy of its own: the public what is public, the person at the machine everything.</summary>
internal static class ReadRules
{
    /// <summary>The person at the machine itself; requests from elsewhere never get this name.</summary>
    public const string Operator = "operator";

    /// <summary>Decides; deny by default.</summary>
    public static ReadDecision Decide(RegistrySnapshot? snapshot, string district, ReadRequest request)
    {
        if (snapshot is null)
        {
            return new(false, "The city is not registered.", 0);
        }

        var name = request.Sensor.Split('/');
        var sensor = name.Length == 2 ? snapshot.Sensor(name[0], name[1]) : null;
        if (sensor is null || !string.Equals(sensor.District, district, StringComparison.Ordinal))
        {
            return new(false, $"The sensor {request.Sensor} is not registered in this district.", snapshot.Version);
        }

        var datastream = sensor.Datastreams.FirstOrDefault(d => string.Equals(d.Property, request.Property, StringComparison.Ordinal));
        return datastream switch
        {
            null => new(false, $"The sensor {request.Sensor} has no datastream {request.Property}.", snapshot.Version),
            { Class: DataClass.Public } => new(true, "The datastream is public.", snapshot.Version),
            _ when string.Equals(request.Principal, Operator, StringComparison.Ordinal) =>
                new(true, "The operator at the machine may read everything.", snapshot.Version),
            _ => new(false, $"The datastream is {Words(datastream.Class)}, and nothing grants it to {request.Principal}.", snapshot.Version),
        };
    }

    private static string Words(DataClass dataClass) => dataClass == DataClass.Sensitive ? "sensitive" : "internal";
}
