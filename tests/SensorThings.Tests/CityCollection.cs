using SensorThings.Tests;

[assembly: AssemblyFixture(typeof(StaCity))]
