using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>What one request reads in one city.</summary>
/// <param name="City">The city.</param>
/// <param name="Caller">On whose behalf; who counts in another city alone is the public here.</param>
/// <param name="Record">What is read and denied, for the city's ledger.</param>
internal sealed record CityDesk(CityIndex City, Caller Caller, ReadRecord Record);
