using Quartier.Api.Http;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Finds the city to which a new entity at the root belongs: there is one root for all cities.</summary>
internal static class CityChoice
{
    /// <summary>The city of what it links to, else the one that its properties name, else the caller's, else the only one.</summary>
    public static async ValueTask<Outcome<string>> FindAsync(WritePorts ports, Caller caller, EntityBody body, CancellationToken cancellationToken)
    {
        var city = await LinkedAsync(ports, body, cancellationToken).ConfigureAwait(false) ?? Named(body) ?? caller.Principal.City;
        var cities = ports.Registry.Cities;
        if (city is null && cities.Count == 1)
        {
            return cities.First();
        }

        return city is not null && cities.Contains(city)
            ? city
            : WriteProblems.Bad($"It is not clear to which city the entity belongs. Name it in 'properties/city': {string.Join(", ", cities.Take(20))}.");
    }

    private static async ValueTask<string?> LinkedAsync(WritePorts ports, EntityBody body, CancellationToken cancellationToken)
    {
        foreach (var link in body.Links)
        {
            if (link.Inline is { } inline)
            {
                if (await LinkedAsync(ports, inline, cancellationToken).ConfigureAwait(false) is { } city)
                {
                    return city;
                }
            }
            else if (await ports.Entities.GetAsync(link.Relation.Target, [link.Target!.Value], cancellationToken).ConfigureAwait(false) is [var target])
            {
                return target.Owner.City;
            }
        }

        return null;
    }

    private static string? Named(EntityBody body)
    {
        using var properties = body.Value("properties") is { } value ? ThingRegistration.Properties(value) : null;
        return ThingRegistration.Word(properties, "city") ?? body.Links.Where(l => l.Inline is not null).Select(l => Named(l.Inline!)).FirstOrDefault(c => c is not null);
    }
}
