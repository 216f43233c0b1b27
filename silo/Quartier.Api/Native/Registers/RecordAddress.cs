using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Registers;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Registers;

/// <summary>Names a record of a city in a route.</summary>
internal sealed record RecordAddress(string City, string Record)
{
    public Outcome<(CityIndex City, RecordKind Kind)> Find(HttpContext context, CityDirectory directory, Right right)
    {
        if (Permission.Refuse(Caller.Of(context), right, City) is { } refusal)
        {
            return refusal;
        }

        if (!directory.City(City).TryGet(out var city, out var problem))
        {
            return problem;
        }

        return Words<RecordKind>.All.Contains(Record, StringComparer.Ordinal)
            ? (city, Words<RecordKind>.Parse(Record))
            : Problems.Unknown("record", Record, Words<RecordKind>.All, $"There are {string.Join(" and ", Words<RecordKind>.All)}.");
    }
}
