using Orleans.Runtime;

namespace Quartier.Engine.Reminders;

/// <summary>A reminder as its grain holds it.</summary>
internal sealed record ReminderHandle(string ReminderName, string ETag) : IGrainReminder;
