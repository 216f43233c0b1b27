using Quartier.Api.Json;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Books;

/// <summary>Books: received = stored + duplicate + sum of refused, or it is an incident and <c>balanced</c> is false.</summary>
internal record BooksItem(long Received, long Stored, long Duplicate, SortedDictionary<string, long> Refused, bool Balanced)
{
    public static BooksItem Of(SensorBooks books) => new(
        books.Received,
        books.Stored,
        books.Duplicate,
        new(books.Refused.ToDictionary(r => Words<RefusalReason>.Of(r.Reason), r => r.Count), StringComparer.Ordinal),
        books.Balanced);
}
