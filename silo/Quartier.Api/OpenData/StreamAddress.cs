using Microsoft.AspNetCore.Mvc;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;

namespace Quartier.Api.OpenData;

/// <summary>The address of what is published: a stream entry of the policy and a property.</summary>
internal readonly record struct StreamAddress(
    [property: FromRoute(Name = "city")] string City,
    [property: FromRoute(Name = "stream")] string Stream,
    [property: FromRoute(Name = "property")] string Property)
{
    public Outcome<PublishedStream> Find(CityDirectory directory, PublishedStreams streams) => directory.City(City).TryGet(out var city, out var problem)
        ? streams.Find(city, Stream, Property)
        : problem;
}
