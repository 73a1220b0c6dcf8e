using System.Collections.Concurrent;
using Kml.Training.Networks;

namespace Kml.Training.Online;

/// <summary>Makes models of one form; passes over them are shared, so that a model itself takes no more than its parameters.</summary>
/// <param name="options">The form, and what its outputs mean.</param>
internal sealed class PublishedModels(OnlineOptions options)
{
    /// <summary>Rows of a pass.</summary>
    internal const int Rows = 64;

    private readonly ConcurrentBag<Network<float>> _idle = [];

    /// <summary>The form, and what its outputs mean.</summary>
    internal OnlineOptions Options => options;

    /// <summary>Makes a model of copies of parameters and scale.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="scale">Of features and label.</param>
    /// <returns>The model.</returns>
    internal IPredictor Make(float[] parameters, FeatureScale scale) => new PublishedNetwork(this, [.. parameters], [.. scale.Mean], [.. scale.Inverse]);

    /// <summary>A pass that nobody uses; a new one for the first time that so many threads predict at once.</summary>
    /// <returns>The pass, to be given back.</returns>
    internal Network<float> Rent() => _idle.TryTake(out Network<float>? pass) ? pass : new Network<float>(options.Form, options.Loss, Rows);

    /// <summary>Gives a pass back.</summary>
    /// <param name="pass">The pass.</param>
    internal void Return(Network<float> pass) => _idle.Add(pass);
}
