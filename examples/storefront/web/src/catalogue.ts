import { get } from "./http";

export interface Product {
    id: number;
    name: string;
}

export const products = (): Promise<Product[]> => get<Product[]>("/v1/products");
