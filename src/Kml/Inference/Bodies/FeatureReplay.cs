using System;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>Features from the bytes of an event and a state, by the model's text alone.</summary>
public sealed class FeatureReplay
{
    private readonly ModelSpec _model;
    private readonly int _fromSize;
    private readonly int _stateSize;

    /// <summary>Prepares a model's replay.</summary>
    /// <param name="model">The model, free of errors.</param>
    public FeatureReplay(ModelSpec model)
    {
        _model = model;
        _fromSize = model.From.Info().Layout.Size;
        _stateSize = StructLayout.Of(model.State?.Fields ?? default).Size;
    }

    /// <summary>Computes the features.</summary>
    /// <param name="from">The event at which the model predicts, as a record holds it.</param>
    /// <param name="state">The state as it was before, as a record holds it; empty without one.</param>
    /// <param name="features">Receives the bits of the features, as many as the model has.</param>
    /// <returns>False if the method faults: nothing is predicted then.</returns>
    public bool TryRun(ReadOnlySpan<byte> from, ReadOnlySpan<byte> state, Span<uint> features)
    {
        Method method = _model.Features.Method;
        BodyInput input = new();
        foreach (Parameter parameter in method.Parameters)
        {
            if (parameter.Kind == ParameterKind.Event)
                input.Memory[parameter.Name] = from[.._fromSize].ToArray();
            else if (parameter.Kind == ParameterKind.State)
                input.Memory[parameter.Name] = state[.._stateSize].ToArray();
        }

        BodyOutcome outcome = BodyInterpreter.Run(_model, method, input);
        if (outcome.Faulted)
            return false;
        for (int i = 0; i < features.Length; i++)
            features[i] = (uint)outcome.Features[i];
        return true;
    }
}
