using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native;

/// <summary>Reads datastreams that a query names.</summary>
internal static class StreamNames
{
    /// <summary>Datastreams in one query.</summary>
    public const int NamesMax = 100;

    /// <summary>Room for as many names of ordinary length; Kestrel takes 8 KiB of request line.</summary>
    private const int TextMax = 8_000;

    public static QueryParameter Parameter { get; } = new(
        "streams", QueryKind.Text, "Datastreams as gateway/sensor/property, separated by commas; at most 100.")
    {
        Maximum = TextMax,
    };

    /// <summary>The registered datastreams, each once; none when the parameter is not given.</summary>
    public static Outcome<List<(SensorDefinition Sensor, DatastreamDefinition Datastream)>> Read(HttpRequest request, CityIndex city)
    {
        if (!QueryReader.Text(request, Parameter).TryGet(out var text, out var problem) && problem is not null)
        {
            return problem;
        }

        var names = (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length > NamesMax)
        {
            return Problems.BadParameter(Parameter.Name, text!, $"{names.Length} datastreams are named, and at most {NamesMax} are taken. Ask more than once.");
        }

        var found = new List<(SensorDefinition, DatastreamDefinition)>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (!Find(city, Parameter, name).TryGet(out var stream, out problem))
            {
                return problem;
            }

            found.Add(stream);
        }

        return found;
    }

    /// <summary>One registered datastream by its name.</summary>
    public static Outcome<(SensorDefinition Sensor, DatastreamDefinition Datastream)> Find(CityIndex city, QueryParameter parameter, string name)
    {
        if (name.Split('/') is not [var gateway, var id, var property])
        {
            return Problems.BadParameter(parameter.Name, name, "a datastream is named as gateway/sensor/property.");
        }

        return CityDirectory.Sensor(city, gateway, id).TryGet(out var sensor, out var problem)
            && CityDirectory.Datastream(city, sensor, property).TryGet(out var datastream, out problem)
                ? (sensor, datastream)
                : problem;
    }
}
