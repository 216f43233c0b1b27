using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Simulation.City;

namespace Quartier.Simulation.Weeks;

/// <summary>What a week left behind.</summary>
/// <param name="Readings">Stored readings by <c>gateway/sensor/property</c>, in order of time.</param>
/// <param name="Alerts">Alerts by id.</param>
/// <param name="Books">Books by <c>gateway/sensor</c>, district by district.</param>
/// <param name="Interrupted">Readings that were on their way when the process ended, and were sent again.</param>
/// <param name="Acknowledged">Messages acknowledged.</param>
/// <param name="CityRefused">What the city's grain counted.</param>
/// <param name="RefusedOnce">What the endpoint refused, without what it refused of messages that had to be sent again.</param>
/// <param name="Digest">Digest of all that happened.</param>
/// <param name="Restarts">How often the process started again.</param>
internal sealed record Outcome(
    SortedDictionary<string, IReadOnlyList<Reading>> Readings,
    SortedDictionary<string, Alert> Alerts,
    SortedDictionary<string, SensorBooks> Books,
    HashSet<SentReading> Interrupted,
    int Acknowledged,
    long CityRefused,
    long RefusedOnce,
    string Digest,
    int Restarts);
