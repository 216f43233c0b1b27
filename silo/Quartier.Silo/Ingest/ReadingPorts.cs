using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Silo.Live;

namespace Quartier.Silo.Ingest;

/// <summary>What subscribers are judged and recorded by; without it nobody may subscribe.</summary>
internal sealed record ReadingPorts(IPolicies Policies, ILedger Ledger, LiveTopics? Live = null, SubscribedTopics? Entities = null);
