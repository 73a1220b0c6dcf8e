using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>
/// Runs a translated body in the most naive way: each operator is C#'s own, on values of C#'s own types, and what has a place lies in bytes as it does in a
/// record. It is the reference for what C the body becomes, and needs no more than the model's text: where the user's assembly is not loaded, it runs in
/// its place.
/// </summary>
public static class BodyInterpreter
{
    /// <summary>Runs a method of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="method">The method.</param>
    /// <param name="input">What it runs on; it stays as it is.</param>
    /// <returns>What it did.</returns>
    public static BodyOutcome Run(ModelSpec model, Method method, BodyInput input)
    {
        Dictionary<string, Cell> variables = [];
        Dictionary<string, byte[]> memory = [];
        Cell? features = null;
        foreach (Parameter p in method.Parameters)
        {
            DataType data = Data(p, model);
            Cell cell = Cell.New(data);
            if (p.Kind == ParameterKind.Scalar)
                cell.Bits = input.Scalars[p.Name];
            else if (p.Kind == ParameterKind.Features)
                features = cell;
            else
                cell = cell with { Memory = memory[p.Name] = [.. input.Memory[p.Name]] };
            variables[p.Name] = cell;
        }

        bool faulted = false;
        ulong returned = 0;
        try
        {
            returned = new Frame(new ModelFunctions(model.Functions), variables).Run(method.Body);
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException or IndexOutOfRangeException or BodyFaultException)
        {
            faulted = true;
        }

        IEnumerable<int> indices = Enumerable.Range(0, model.Features.Count);
        return new(faulted, returned, features is { } written ? [.. indices.Select(i => written.Element(i).Bits)] : [], memory);
    }

    private static DataType Data(Parameter parameter, ModelSpec model) => parameter.Kind switch
    {
        ParameterKind.Event => new StructData(parameter.Name, parameter.Event!.Value.Info().Fields),
        ParameterKind.State => new StructData(parameter.Name, model.State?.Fields ?? throw new FormatException("The model has no state.")),
        ParameterKind.Features => new ArrayData(new ScalarData(parameter.Type), model.Features.Count),
        ParameterKind.Reference => parameter.Data!,
        _ => new ScalarData(parameter.Type),
    };
}

/// <summary>A body that is abandoned by more than an operator of C#'s.</summary>
/// <param name="message">Why.</param>
internal sealed class BodyFaultException(string message) : Exception(message);
